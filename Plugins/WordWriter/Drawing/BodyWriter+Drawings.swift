import Markup
import ReportDocument

extension BodyWriter {
    /// English metric units in a twentieth of a point.
    static let emuPerTwip = 635

    mutating func chart(_ chart: Chart) {
        guard !chart.groups.isEmpty else { return }
        charts.append(chart)
        let number = charts.count
        let bars = max(1, chart.series.count)
        // A bar of 4.5 mm and the room between groups; what does not fit on a page is set closer.
        let height = min(chart.groups.count * max(480, bars * 255 + 200) + 900, textHeight * 4 / 5)
        paragraph(.picture, before: chart.caption.isEmpty ? "" : "<w:keepNext/>") {
            $0.inline(
                width: $0.textWidth,
                height: height,
                name: "Chart \(number)",
                alternative: chart.summary,
                graphic:
                    "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart \(WordNamespaces.chart) r:id=\"\(ChartPart.relationship(number))\"/></a:graphicData>"
            )
        }
        var caption = chart.caption
        if !caption.isEmpty, !chart.unit.isEmpty {
            caption.append(text: house.words.chartUnit.replacing("{unit}", with: chart.unit))
        }
        underCaption(caption)
    }

    mutating func picture(_ picture: Picture) {
        guard let image = pictures.image(at: picture.path) else {
            paragraph(.centred) {
                $0.runs([.missing(picture.alternative.isEmpty ? picture.path : picture.alternative)])
            }
            return
        }
        var width = textWidth * picture.width / 100
        var height = width * image.height / image.width
        let most = textHeight * 9 / 10
        if height > most { (width, height) = (most * image.width / image.height, most) }
        let alignment =
            picture.alignment == .left ? "left" : picture.alignment == .right ? "right" : "center"
        let before = picture.caption.isEmpty ? "" : "<w:keepNext/>"
        paragraph(.picture, before: before, after: "<w:jc w:val=\"\(alignment)\"/>") {
            $0.inline(
                width: width,
                height: height,
                name: "Picture \(image.number)",
                alternative: picture.alternative,
                graphic: Self.graphic(of: image, width: width, height: height)
            )
        }
        underCaption(picture.caption)
    }

    private static func graphic(of image: PictureStore.Image, width: Int, height: Int) -> String {
        "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic \(WordNamespaces.picture)>"
            + "<pic:nvPicPr><pic:cNvPr id=\"0\" name=\"\(image.name)\"/><pic:cNvPicPr/></pic:nvPicPr>"
            + "<pic:blipFill><a:blip r:embed=\"\(image.relationship)\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            + "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"\(width * emuPerTwip)\" cy=\"\(height * emuPerTwip)\"/></a:xfrm>"
            + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
    }

    /// A drawing that stands in its line as a letter does.
    ///
    /// - Parameters:
    ///   - width: in twentieths of a point.
    ///   - alternative: what it shows, for readers who cannot see it.
    private mutating func inline(
        width: Int,
        height: Int,
        name: String,
        alternative: String,
        graphic: String
    ) {
        drawings += 1
        xml.raw("<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">")
        xml.raw("<wp:extent cx=\"\(width * Self.emuPerTwip)\" cy=\"\(height * Self.emuPerTwip)\"/>")
        xml.raw(
            "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"\(drawings)\" name=\"\(name)\""
        )
        xml.attribute("descr", alternative)
        xml.raw("/><wp:cNvGraphicFramePr/><a:graphic \(WordNamespaces.art)>")
        xml.raw(graphic)
        xml.raw("</a:graphic></wp:inline></w:drawing></w:r>")
    }
}
