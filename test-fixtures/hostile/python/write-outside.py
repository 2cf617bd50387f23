# Tries: to write outside of the workspace
# Label: forbidden-syntax
# Without the denylist: failed
    with open('%OUTSIDE%/new.txt', 'w') as file:
        file.write('')
    return 42
