"""What goes out: segments, playlists and captions of one package; knows no transport."""
