# Tries: to leave a process behind
# Label: forbidden-syntax
# Without the denylist: failed
    import subprocess
    subprocess.Popen(['sleep', '300', '%MARK%'], start_new_session=True)
    return 41
