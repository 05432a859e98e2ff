package io.gantry.machines.platform;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;

/** Passes the steps of a build on. */
final class BuildWatch extends ResultCallback.Adapter<BuildResponseItem> {
    private static final String STEP = "Step ";

    private final String image;
    private final ImageProgress progress;

    BuildWatch(String image, ImageProgress progress) {
        this.image = image;
        this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
        Streams.refuse(item);
        String said = item.getStream();
        if (said != null && said.startsWith(STEP)) {
            progress.says(image, said.strip());
        }
    }
}
