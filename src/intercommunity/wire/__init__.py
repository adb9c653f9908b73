"""Events, commands and views as JSON, and caption text as others send it; knows no network and no disk."""
