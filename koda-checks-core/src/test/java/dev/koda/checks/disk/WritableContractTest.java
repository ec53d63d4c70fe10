package dev.koda.checks.disk;

class WritableContractTest extends DiskContract {
    WritableContractTest() {
        super("disk.writable");
    }
}
