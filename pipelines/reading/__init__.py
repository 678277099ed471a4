"""What a document says of itself: parts, identity, figures in prose, and whether it is a report."""
