"""What is kept: stories in SQLite, which is the truth, and a Whoosh index made from it."""
