package dolmen.deepstorage.local;

import dolmen.model.RunMark;

class ScriptSwapTest extends SwapContract {
    @Override
    Swap swap(int killedAt) {
        Historical historical = new Historical(root);
        historical.preamble =
                "sync() { :; }\nk=0\nmv() { k=$((k+1)); [ $k != " + killedAt + " ] || exit 137; command mv \"$@\"; }\n";
        return new ScriptSwap(historical.host, "historical", "/opt/shared", new RunMark("r1"));
    }
}
