package org.embassage.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void controlCharactersNeverReachTheTerminal() {
        terminal(false).print("a\u001B[31mb\u202Ec\rd");

        assertThat(out()).isEqualTo("a\\u001B[31mb\\u202Ec\\u000Dd\n");
    }

    @Test
    void ourOwnColoursDo() {
        Terminal terminal = terminal(true);
        terminal.print(terminal.good("good"));

        assertThat(out()).isEqualTo("\u001B[32mgood\u001B[0m\n");
    }

    @Test
    void withoutColourThereIsNone() {
        Terminal terminal = terminal(true).withoutColour();
        terminal.print(terminal.good("good"));

        assertThat(out()).isEqualTo("good\n");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("A", "B");
        table.row("long", "x");
        table.row("s", "y");
        table.print(terminal(false));

        assertThat(out()).isEqualTo("A     B\nlong  x\ns     y\n");
    }

    private Terminal terminal(boolean colour) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, false, false, false, colour);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
