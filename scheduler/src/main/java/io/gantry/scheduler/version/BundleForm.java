package io.gantry.scheduler.version;

import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/** A form with a zip in its field {@code bundle}, read as a stream: no part of it is collected in memory or in a file. */
final class BundleForm {
    private static final String FIELD = "bundle";

    private BundleForm() {}

    static InputStream zip(HttpServletRequest request) {
        try {
            FileItemIterator fields = new FileUpload().getItemIterator(new ServletRequestContext(request));
            while (fields.hasNext()) {
                FileItemStream field = fields.next();
                if (field.getFieldName().equals(FIELD)) {
                    return field.openStream();
                }
            }
        } catch (IOException unreadable) {
            throw ProblemException.badRequest(
                    "INVALID_FORM", "The form can't be read: %s.".formatted(unreadable.getMessage()));
        }
        throw ProblemException.badRequest(
                "INVALID_FORM",
                "The form has no field \"%s\" with the zip.".formatted(FIELD),
                new FieldProblem(FIELD, "is missing"));
    }
}
