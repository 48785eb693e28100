package dolmen.deepstorage.local;

class ScriptSwapTest extends SwapContract {
    @Override
    Swap swap(int killedAt) {
        FakeHost host = new FakeHost(root);
        host.preamble =
                "sync() { :; }\nk=0\nmv() { k=$((k+1)); [ $k != " + killedAt + " ] || exit 137; command mv \"$@\"; }\n";
        return new ScriptSwap(host, "historical", "/opt/shared", "r1");
    }
}
