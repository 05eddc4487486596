"""Pages with places for their words, from a text layer or a scan: columns, paragraphs, page furniture."""
