package dev.koda.checks.disk;

class InodesContractTest extends DiskContract {
    InodesContractTest() {
        super("disk.inodes");
    }
}
