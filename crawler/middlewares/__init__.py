"""Between the spider and a portal: addresses, robots, pace, refusals, the browser, the archive."""
