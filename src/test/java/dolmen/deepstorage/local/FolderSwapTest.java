package dolmen.deepstorage.local;

import dolmen.model.RunMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

class FolderSwapTest extends SwapContract {
    @Override
    Swap swap(int killedAt) {
        int[] count = {0};
        return new FolderSwap(shared, new RunMark("r1"), (from, to) -> {
            if (++count[0] == killedAt) {
                throw new IOException("killed");
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        });
    }
}
