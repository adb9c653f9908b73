"""Who may do what: links, people who joined, rights; knows no other feature."""
