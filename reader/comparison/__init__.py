"""Stories set side by side: what several tell, what one alone tells, where they differ, what is new, and a brief."""
