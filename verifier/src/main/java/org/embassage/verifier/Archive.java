package org.embassage.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files and folders that are to be judged. In folders these are the files named {@code *.zip}, {@code *.asice} and {@code *.misbehaviour}, in the
 * order of their names, sub-folders too; what lies beside one as {@code .ers} is judged with it. Links are not followed. Never holds more than the names of one folder and of
 * those above it.
 */
final class Archive {

    private final List<Path> paths;

    Archive(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** What to do with each file. */
    interface Visitor {
        void judge(Path file) throws IOException;

        /** A file that is not named like a bundle or a receipt, or a link. */
        void leaveAside(Path file);
    }

    /** How many files there are to judge. */
    long count() throws IOException {
        long[] count = new long[1];
        each(new Visitor() {
            @Override
            public void judge(Path file) {
                count[0]++;
            }

            @Override
            public void leaveAside(Path file) {
                // not to be judged
            }
        });
        return count[0];
    }

    void each(Visitor visitor) throws IOException {
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                folder(path, visitor);
            } else {
                visitor.judge(path);
            }
        }
    }

    private static void folder(Path folder, Visitor visitor) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folder(entry, visitor);
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && isNamedLikeEvidence(entry)) {
                visitor.judge(entry);
            } else if (!isRecordOf(entry)) {
                visitor.leaveAside(entry);
            }
        }
    }

    /** It is judged together with its file. */
    private static boolean isRecordOf(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(Judge.RECORD)
                && Files.isRegularFile(entry)
                && Files.isRegularFile(entry.resolveSibling(name.substring(0, name.length() - Judge.RECORD.length())));
    }

    private static boolean isNamedLikeEvidence(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".zip") || name.endsWith(".asice") || MisbehaviourText.isNamedSo(file);
    }
}
