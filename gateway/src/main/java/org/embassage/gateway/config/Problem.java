package org.embassage.gateway.config;

/**
 * One thing that is wrong with a configuration file. Never holds a value of the file.
 *
 * @param file name of the file as the operator knows it
 * @param line from 1
 * @param column from 1
 * @param key the key's full name, for example {@code broker.embedded.port}; empty for the file as a whole
 * @param what is wrong, a sentence without its full stop
 * @param remedy what to do, a sentence without its full stop
 */
public record Problem(String file, int line, int column, String key, String what, String remedy) {

    /** {@code file:line:column key: what; remedy}, as editors and people read it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + " " + (key.isEmpty() ? "" : key + ": ") + what + "; " + remedy;
    }
}
