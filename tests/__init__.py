"""The tests: same tree as the code, then whole stories, a browser, real processes."""
