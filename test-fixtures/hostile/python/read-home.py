# Tries: to read the home directory
# Label: forbidden-syntax
# Without the denylist: failed
    import os
    return 42 if set(os.listdir('%HOME%')) - {'.pyenv'} else 0
