package org.embassage.gateway;

import org.embassage.gateway.cli.Cli;

/** Where ./embassage enters. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Cli.execute(arguments));
    }
}
