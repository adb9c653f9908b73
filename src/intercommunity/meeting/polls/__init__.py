"""Ballots, and counts that are provisional until every node was heard; knows no other feature."""
