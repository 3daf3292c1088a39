use super::page;

#[test]
fn word_lists_become_lists() {
    let html = "<html xmlns:o='urn:x'><head><meta name=Generator content='Microsoft Word 15'><style><!-- p.MsoNormal {margin:0} --></style>\
        <!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=EN-GB>\
        <!--StartFragment--><p class=MsoNormal style='mso-margin-top-alt:auto'>First<o:p></o:p></p>\
        <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>\
        <span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>One<o:p></o:p></p>\
        <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Inner</p>\
        <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>\
        <p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Last</b><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>";
    assert_eq!(
        page(html).replace('\n', ""),
        "<p>First</p><ul><li>One<ol><li>Inner</li></ol></li><li>Two</li></ul><p><strong>Last</strong></p>"
    );
}

#[test]
fn docs_weights_are_read_from_styles() {
    let html = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><h2 dir=\"ltr\"><span style=\"font-weight:400\">Title</span></h2>\
        <p dir=\"ltr\"><span style=\"font-weight:400;font-style:normal\">Plain </span><span style=\"font-weight:700\">bold</span>\
        <span style=\"font-style:italic\"> slanted</span></p><br><ul><li dir=\"ltr\"><p role=\"presentation\"><span>One</span></p></li>\
        <ul><li><p><span>Inner</span></p></li></ul></ul></b><br class=\"Apple-interchange-newline\">";
    assert_eq!(
        page(html).replace('\n', ""),
        "<h2 id=\"s-title\">Title</h2><p>Plain <strong>bold</strong><em> slanted</em></p><ul><li>One<ul><li>Inner</li></ul></li></ul>"
    );
}
