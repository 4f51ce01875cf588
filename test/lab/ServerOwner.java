package lab;

/// A process that owns a private server, says where it is, and ends as it is told.
class ServerOwner {
    private ServerOwner() {}

    public static void main(String[] args) throws Exception {
        PrivateValkey server = PrivateValkey.start();
        IO.println(server.pid() + " " + server.folder());
        switch (args[0]) {
            case "returns" -> server.pause(); // a server that hears nothing ends all the same
            case "throws" -> throw new IllegalStateException("on purpose");
            default -> Thread.sleep(60_000);
        }
    }
}
