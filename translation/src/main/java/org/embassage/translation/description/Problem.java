package org.embassage.translation.description;

/**
 * One thing that is wrong with a description.
 *
 * @param file the file's own name, without its folder
 * @param key where in it, for example {@code records[2].fields[5].type}; empty for the whole file
 * @param what what is wrong, in one sentence
 * @param remedy what to do, in one sentence
 */
public record Problem(String file, String key, String what, String remedy) {

    @Override
    public String toString() {
        return (key.isEmpty() ? file : file + ": " + key) + ": " + what + " " + remedy;
    }
}
