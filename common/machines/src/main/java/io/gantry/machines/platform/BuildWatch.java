package io.gantry.machines.platform;

import com.github.dockerjava.api.model.BuildResponseItem;

/** Passes the steps of a build on. */
final class BuildWatch extends Pieces<BuildResponseItem> {
    private static final String STEP = "Step ";

    private final String image;
    private final ImageProgress progress;

    BuildWatch(String image, ImageProgress progress) {
        this.image = image;
        this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
        super.onNext(item);
        String said = item.getStream();
        if (said != null && said.startsWith(STEP)) {
            progress.says(image, said.strip());
        }
    }
}
