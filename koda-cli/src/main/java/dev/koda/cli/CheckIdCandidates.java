package dev.koda.cli;

import dev.koda.checks.docs.CheckDocs;
import java.util.Iterator;

/** The ids of the built-in checks, for the completion of a shell. Reads them only when it is asked. */
final class CheckIdCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return CheckDocs.bundled().ids().iterator();
    }
}
