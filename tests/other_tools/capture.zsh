# Prints the words that zsh's completion offers for the line in $2, with the script in $1 as its function.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; autoload -Uz compinit; compinit -u -D; source $1; compdef _resnet-explore resnet-explore"
zpty -w shell 'zstyle ":completion:*" list-grouped false; zstyle ":completion:*" insert-tab false'
zpty -w shell 'capture() { compadd() { local -a found; builtin compadd -O found "$@"; local word; for word in $found; do print -r -- "word $word"; done; builtin compadd "$@" }; _main_complete; print "all words"; unfunction compadd }; zle -C capture complete-word capture; bindkey "^T" capture; print all "set"'
while zpty -r shell line; do [[ $line == *"all set"* ]] && break; done
zpty -w -n shell "$2"$'\x14'
while zpty -r shell line; do
    line=${${line%$'\n'}%$'\r'}
    [[ $line == *"all words"* ]] && break
    [[ $line == *"word "* ]] && print -r -- "${line##*word }"
done
zpty -d shell
