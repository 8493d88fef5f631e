# TAB for exch in bash: `exch export-completion -Shell bash` prints this file.
# The program answers; what is typed is handed over as text and never run.
_exch() {
    local IFS=$'\n' flags=$- answer
    answer=$(command exch complete-line bash "${COMP_LINE:0:COMP_POINT}" "${COMP_LINE:COMP_POINT}" "$2" \
        "${COLUMNS-}" "${COMP_TYPE-}" 2>/dev/null </dev/null)
    set -f
    COMPREPLY=($answer)
    [[ $flags == *f* ]] || set +f
    [[ -n $answer ]] || return 0
    # The first line says what follows: a space, more of the same word, or the shell's own names of files.
    case ${COMPREPLY[0]} in
        more) compopt -o nospace 2>/dev/null ;;
        files) compopt -o default -o filenames 2>/dev/null ;;
    esac
    COMPREPLY=("${COMPREPLY[@]:1}")
}
complete -o nosort -F _exch exch 2>/dev/null || complete -F _exch exch
