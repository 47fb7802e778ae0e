"""Names of threads: candidates, salience, event phrases."""
