"""Words from one language to another, and from capitals to sentence case; knows nothing of who is watching."""
