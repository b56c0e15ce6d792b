package org.embassage.evidence.time;

import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Digest;

/** An ArchiveTimeStamp (RFC 4998 §4.1): a reduced hash tree, which may be empty, and a token over its root. */
final class ArchivedToken {

    private final List<List<Digest>> tree;
    private final byte[] token;

    ArchivedToken(List<List<Digest>> tree, byte[] token) {
        this.tree = List.copyOf(tree);
        this.token = token.clone();
    }

    List<List<Digest>> tree() {
        return tree;
    }

    byte[] token() {
        return token.clone();
    }

    /** Whether the tree leads from a digest in its first list, or the token itself is over the digest. */
    boolean leadsFrom(Digest digest) {
        return tree.isEmpty() || tree.get(0).contains(digest);
    }

    /** What the token must be over if it is to prove the digest (RFC 4998 §4.3). */
    Digest root(Digest digest) {
        if (tree.isEmpty()) {
            return digest;
        }
        Digest root = RecordBatch.node(tree.get(0));
        for (List<Digest> list : tree.subList(1, tree.size())) {
            List<Digest> all = new ArrayList<>(list);
            all.add(root);
            root = RecordBatch.node(all);
        }
        return root;
    }
}
