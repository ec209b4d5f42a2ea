"""The language server: verdicts while a document is written. `calcds lsp` starts it; editors speak to it over stdio."""
