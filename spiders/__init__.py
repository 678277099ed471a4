"""What is crawled: portals' annual-report columns, and the registry's own upkeep."""
