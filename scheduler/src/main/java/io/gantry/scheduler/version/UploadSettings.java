package io.gantry.scheduler.version;

import io.gantry.bundle.BundleLimits;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How bundles are received.
 *
 * @param folder where a bundle lies while it is checked; each scheduler makes a folder of its own in it
 * @param zip largest zip
 * @param unpacked most bytes a zip may unpack to
 * @param entries most files and folders in a zip
 * @param ratio most bytes unpacked for each byte of the zip
 */
@ConfigurationProperties("scheduler.upload")
record UploadSettings(
        Path folder,
        @DefaultValue("512MB") DataSize zip,
        @DefaultValue("2GB") DataSize unpacked,
        @DefaultValue("20000") int entries,
        @DefaultValue("100") int ratio) {
    BundleLimits limits() {
        return new BundleLimits(zip.toBytes(), unpacked.toBytes(), entries, ratio);
    }
}
