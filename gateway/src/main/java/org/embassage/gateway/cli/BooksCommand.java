package org.embassage.gateway.cli;

import org.embassage.gateway.terminal.Terminal;

/** A command that reads a gateway's store. */
abstract class BooksCommand extends HomeCommand {

    @Override
    final int run(Terminal terminal) {
        try (Books books = Books.open(configuration())) {
            return read(books, terminal);
        }
    }

    /** Reads and prints; returns the exit code. */
    abstract int read(Books books, Terminal terminal);
}
