package io.gantry.deployer.build;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.deployer.ledger.Images;
import io.gantry.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DockerfileController {
    private final Images images;

    DockerfileController(Images images) {
        this.images = images;
    }

    /** The Dockerfile that a version was built by. */
    @GetMapping(
            path = "/api/v1/apps/{app}/services/{service}/versions/{version}/dockerfile",
            produces = MediaType.TEXT_PLAIN_VALUE)
    String dockerfile(@PathVariable AppName app, @PathVariable ServiceName service, @PathVariable int version) {
        return images.dockerfile(app, service, version)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "NO_SUCH_IMAGE",
                        "Version %d of %s/%s was not built yet: BUILD it first.".formatted(version, app, service)));
    }
}
