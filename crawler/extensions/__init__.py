"""What watches a crawl: progress, the verdict, the report of the run."""
