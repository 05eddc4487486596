"""The page that office staff use: questions, cited answers, and the documents behind them.

Where to begin, by what is to be changed (addresses of the server are in `routes/`, a file for each matter):

- the server, who may do what: `server`, `services`, `people`, `headers`, `same_origin`, `front_page`
- asking: `chat` (Gradio), `asking`, `scope`, `examples`; an answer as a value: `record`, `turn`
- answers as HTML: `conversation_html`, `cards`, `turn_tools`; taken away: `citation_text`, `word_file`
- what is kept in `data/page.db`: `database`, `conversations`, `feedback`; shown: `feedback_page`, `gold_candidates`
- reading a document: `reader`, `document_text`, `document_version`, `outline`, `origin`
- the library: `holdings*` (the table), `library_page*` (the page), `librarian` with `library_*` (the work behind it)
- endpoints for programs: `routes/programs`, `programs_*`
"""
