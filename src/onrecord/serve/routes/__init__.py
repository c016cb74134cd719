"""What the desk answers, one file a subject: `api_*` for programs, `page_*` for people."""
