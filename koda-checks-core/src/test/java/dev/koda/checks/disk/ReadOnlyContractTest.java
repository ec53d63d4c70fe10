package dev.koda.checks.disk;

class ReadOnlyContractTest extends DiskContract {
    ReadOnlyContractTest() {
        super("disk.read-only");
    }
}
