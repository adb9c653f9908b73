"""What stands between the server and every page of the office."""
