# shellcheck shell=bash
# Sourced by the scripts that need a display nobody looks at: an Xvfb of their own on a free number, closed to others.
DISPLAY_PID='' DISPLAY_FOLDER=''

# display_start WIDTHxHEIGHT: exports DISPLAY and XAUTHORITY. End it by display_stop.
# No window manager runs: Qt then gives the focus to the window that asks for it, by XSetInputFocus.
display_start() {
    local cookie number=''
    DISPLAY_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/gw-display.XXXXXX")
    cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    # The server does not look at the display number of its own file, only at the cookie.
    xauth -q -f "$DISPLAY_FOLDER/server" add :0 . "$cookie" 2>/dev/null
    mkfifo "$DISPLAY_FOLDER/number"
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp -auth "$DISPLAY_FOLDER/server" -dpi 96 \
        3>"$DISPLAY_FOLDER/number" >"$DISPLAY_FOLDER/log" 2>&1 </dev/null &
    DISPLAY_PID=$!
    # The server writes its number when it takes connections; when it ends instead, reading ends too.
    read -r -t 30 number <"$DISPLAY_FOLDER/number" || true
    if [ -z "$number" ]; then
        echo 'Xvfb did not start:' >&2
        tail -n 5 "$DISPLAY_FOLDER/log" >&2
        display_stop
        return 1
    fi
    export DISPLAY=:$number XAUTHORITY=$DISPLAY_FOLDER/client
    xauth -q -f "$XAUTHORITY" add "$DISPLAY" . "$cookie" 2>/dev/null
    unset WAYLAND_DISPLAY
}

display_stop() {
    if [ -n "$DISPLAY_PID" ]; then
        kill "$DISPLAY_PID" 2>/dev/null || true
        wait "$DISPLAY_PID" 2>/dev/null || true
        DISPLAY_PID=''
    fi
    [ -z "$DISPLAY_FOLDER" ] || rm -rf "$DISPLAY_FOLDER"
    DISPLAY_FOLDER=''
}
