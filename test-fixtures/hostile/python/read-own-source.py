# Tries: to read the body that was removed
# Label: forbidden-syntax
# Without the denylist: failed, passed
    with open('answer.py') as file:
        return int(file.read().rsplit('return ', 1)[1].split()[0])
