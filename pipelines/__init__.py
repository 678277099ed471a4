"""How a document becomes a record. Everything but ``stages`` is free of Scrapy."""
