# TAB for exch in fish: `exch export-completion -Shell fish` prints this file.
# The program answers; what is typed is handed over as text and never run.
function __exch_complete
    set -l line (commandline --current-process --cut-at-cursor | string collect)
    set -l after (string replace -- "$line" '' (commandline --current-process | string collect) | string collect)
    set -l lines (command exch complete-line fish "$line" "$after" 2>/dev/null </dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline --current-token --cut-at-cursor)
    else
        string join \n -- $lines
    end
end
complete --command exch --no-files --keep-order --arguments '(__exch_complete)'
