# bash complete.bash NODE PROGRAM WORD…: prints what a bash that has read the completion of PROGRAM makes of the last word.
node=$1 program=$2
trialbase() { "$node" "$program" "$@"; }
source <(trialbase completion bash)

# What a line that is being typed has, and the package bash-completion.
COMP_WORDS=(trialbase "${@:3}") COMP_CWORD=$(($# - 2))
_get_comp_words_by_ref() { cur=${COMP_WORDS[COMP_CWORD]} words=("${COMP_WORDS[@]}"); }
compopt() { :; }

"$(complete -p trialbase | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
