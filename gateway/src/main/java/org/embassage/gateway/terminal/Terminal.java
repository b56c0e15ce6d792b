package org.embassage.gateway.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: data on one stream, talk on the other. Thread-safe as far as single lines go.
 *
 * @param out data
 * @param talk everything else
 * @param outTerminal whether a person reads {@code out}
 * @param talkTerminal whether a person reads {@code talk}
 * @param inTerminal whether a person can answer
 * @param colour whether colours are wanted
 */
public record Terminal(
        PrintStream out,
        PrintStream talk,
        boolean outTerminal,
        boolean talkTerminal,
        boolean inTerminal,
        boolean colour) {

    /** The process's own streams, UTF-8. The launcher says which of them are terminals. */
    public static Terminal ofProcess() {
        boolean talkTerminal = Boolean.getBoolean("embassage.tty.err");
        return new Terminal(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("embassage.tty.out"),
                talkTerminal,
                Boolean.getBoolean("embassage.tty.in"),
                talkTerminal && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM")));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same with data printed where talk goes. */
    public Terminal toTalk() {
        return new Terminal(talk, talk, talkTerminal, talkTerminal, inTerminal, colour);
    }

    public Terminal withoutColour() {
        return new Terminal(out, talk, outTerminal, talkTerminal, inTerminal, false);
    }

    /** A line of data. */
    public void print(String line) {
        out.println(Safe.line(line));
    }

    /** A line of talk. */
    public void say(String line) {
        talk.println(Safe.line(line));
    }

    public String bold(String text) {
        return painted("1", text);
    }

    public String good(String text) {
        return painted("32", text);
    }

    public String bad(String text) {
        return painted("31", text);
    }

    public String faint(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return colour ? Safe.paint(code, text) : text;
    }
}
