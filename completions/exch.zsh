#compdef exch
# TAB for exch in zsh: `exch export-completion -Shell zsh` prints this file.
# The program answers; what is typed is handed over as text and never run.
_exch() {
    local word=${${words[CURRENT]%"$QISUFFIX"}%"$SUFFIX"} line
    local before="${(j: :)words[1,CURRENT-1]} $word"
    local -a fields blank blank_shown more more_shown
    for line in "${(@f)$(command exch complete-line zsh "$before" " ${(j: :)words[CURRENT+1,-1]}" \
        "${word#"$QIPREFIX"}" "$COLUMNS" 2>/dev/null </dev/null)}"; do
        # What follows (a space, or more of the same word), what to put in, what to show.
        fields=("${(@ps:\t:)line}")
        case $fields[1] in
            blank) blank+=("$fields[2]") blank_shown+=("$fields[3]") ;;
            more) more+=("$fields[2]") more_shown+=("$fields[3]") ;;
            files) _files && return ;;
        esac
    done
    compadd -l -U -Q -V exch -d blank_shown -a blank
    compadd -l -U -Q -V exch -S '' -d more_shown -a more
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
# Found in a directory of $fpath, this file is the function; else it is read once.
if [[ $funcstack[1] == _exch ]]; then _exch; else compdef _exch exch; fi
