"""How well the reader reads: gold sets, the scorer, the floors and the twins of the article."""
