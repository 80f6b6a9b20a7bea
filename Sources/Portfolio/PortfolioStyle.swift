/// How the page looks, and the little that it does: sorting by a click on a head, and filters.
enum PortfolioStyle {
    static let sheet = """
        :root{--ink:#1f2933;--soft:#52606d;--line:#d9e2ec;--head:#f0f4f8;--link:#1f5fa8}
        *{box-sizing:border-box}html{scroll-behavior:smooth}
        body{margin:0;color:var(--ink);background:#fff;font:15px/1.55 "Noto Sans SC","Source Han Sans SC","PingFang SC",\
        "Microsoft YaHei",system-ui,sans-serif}
        header,main{max-width:1320px;margin:0 auto;padding:0 20px}
        h1{font-size:24px;margin:24px 0 4px}h2{font-size:18px;margin:32px 0 8px}header p{margin:0;color:var(--soft)}
        a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
        nav{margin:10px 0 0;padding:8px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
        nav a{margin-right:14px;white-space:nowrap}
        section{content-visibility:auto;contain-intrinsic-size:auto 700px}
        .wide{overflow-x:auto;-webkit-overflow-scrolling:touch}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{min-width:3.6em;padding:5px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        thead th{background:var(--head);font-weight:600;vertical-align:bottom}
        .sort thead th{cursor:pointer}.sort thead th:hover{color:var(--link)}
        th[aria-sort=ascending]::after{content:" ▲"}th[aria-sort=descending]::after{content:" ▼"}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        td:first-child,th:first-child{min-width:7em}
        tfoot td{font-weight:600;border-top:2px solid var(--soft);background:var(--head)}
        .alarm{border:1px solid #e0a3a0;background:#fdf3f2;padding:0 16px 12px;margin-top:20px;border-radius:4px}
        .alarm h2{margin-top:14px;color:#b42318}tr.u td{background:#fdf3f2}
        .tiles{display:flex;flex-wrap:wrap;gap:10px;margin-top:20px}.tiles>*{flex:1 0 130px}
        .tiles div{border:1px solid var(--line);border-radius:4px;padding:10px 12px}
        .tiles b{display:block;font-size:19px;font-variant-numeric:tabular-nums;white-space:nowrap}
        .tiles span,.legend,.note,small{color:var(--soft)}.legend{margin:0 0 6px;font-size:13px}.legend span{margin-right:12px}
        .bar{display:block;width:200px;height:10px;margin-top:6px}
        .b0{fill:#3e7cb1}.b1{fill:#c0504d}.b2{fill:#e3a008}.b3{fill:#7b8794}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:24px}
        figure{margin:0}figcaption{font-weight:600;margin-bottom:6px}.counts th{font-weight:400}
        .histogram{max-width:100%;height:auto;font-size:12px;text-anchor:middle;fill:var(--soft)}
        .s{font-style:normal;padding:1px 7px;border-radius:3px;white-space:nowrap;background:#e4e7eb}
        .s.warning{background:#fff3c4}.s.error{background:#fdebd3}.s.blocker{background:#fde2e1}
        #across td:nth-child(2){min-width:260px}#across td:nth-child(4){overflow-wrap:anywhere;min-width:220px}
        .short{white-space:nowrap}
        .tools{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center}.tools[hidden]{display:none}
        input,select{font:inherit;padding:4px 8px;border:1px solid #9aa5b1;border-radius:3px;max-width:100%}
        input{min-width:220px}.all{min-width:1100px}.all td:nth-child(2){min-width:150px}
        details{margin-top:12px}dt{font-weight:600;margin-top:8px}dd{margin:0;color:var(--soft)}
        @media(max-width:600px){body{font-size:14px}header,main{padding:0 12px}.tiles{grid-template-columns:1fr 1fr}\
        .tiles b{font-size:16px}table{font-size:13px}th,td{padding:5px 6px}\
        nav{white-space:nowrap;overflow-x:auto}.tools input,.tools label,.tools select{width:100%}}
        @media print{@page{size:A4 landscape;margin:12mm}body{font-size:10px}header,main{max-width:none;padding:0}\
        section{content-visibility:visible}nav,.tools,details{display:none!important}.wide{overflow:visible}table,.all{font-size:8.5px;min-width:0}\
        th,td{padding:2px 4px}thead{display:table-header-group}tfoot{display:table-row-group}tr,.tiles div{break-inside:avoid}\
        h2{break-after:avoid;font-size:13px;margin-top:14px}\
        .legend{font-size:9px}.legend svg{width:8px;height:8px}th,td,td:first-child,th:first-child{min-width:0}a{color:inherit}.bar{width:90px}.tiles b{font-size:13px}\
        .tiles{grid-template-columns:repeat(8,1fr);gap:5px}.all td:nth-child(2),#across td{min-width:0!important}\
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """

    static let script = """
        (function(){
        function num(t){t=t.replace(/[,%\\s]/g,"");return t!==""&&!isNaN(t)?+t:null}
        function cmp(a,b){var x=num(a),y=num(b);if(x!==null&&y!==null)return x-y;if(x!==null)return 1;if(y!==null)return -1;\
        return a.localeCompare(b,document.documentElement.lang)}
        document.querySelectorAll("table.sort").forEach(function(t){
        var heads=t.tHead.rows[0].cells;
        Array.prototype.forEach.call(heads,function(h,i){
        h.tabIndex=0;
        function go(){
        var down=h.getAttribute("aria-sort")==="ascending",body=t.tBodies[0],f=document.createDocumentFragment();
        Array.prototype.forEach.call(heads,function(o){o.removeAttribute("aria-sort")});
        h.setAttribute("aria-sort",down?"descending":"ascending");
        Array.prototype.map.call(body.rows,function(r,n){return[r.cells[i]?r.cells[i].textContent:"",n,r]})
        .sort(function(a,b){return(down?-1:1)*cmp(a[0],b[0])||a[1]-b[1]}).forEach(function(e){f.appendChild(e[2])});
        body.appendChild(f)}
        h.addEventListener("click",go);
        h.addEventListener("keydown",function(e){if(e.key==="Enter"||e.key===" "){e.preventDefault();go()}})})});
        var tools=document.querySelector(".tools"),all=document.querySelector("table.all");
        if(!tools||!all)return;
        tools.hidden=false;
        var input=tools.querySelector("input"),picks=tools.querySelectorAll("select"),out=tools.querySelector("output");
        var rows=Array.prototype.slice.call(all.tBodies[0].rows),foot=all.tFoot;
        function show(){
        var word=input.value.trim().toLowerCase(),n=0,whole=true;
        rows.forEach(function(r){
        var ok=!word||r.textContent.toLowerCase().indexOf(word)>=0;
        Array.prototype.forEach.call(picks,function(p){if(p.value&&r.cells[p.dataset.c].textContent!==p.value)ok=false});
        r.hidden=!ok;if(ok)n++;else whole=false});
        foot.hidden=!whole;out.textContent=n+" / "+rows.length}
        input.addEventListener("input",show);
        Array.prototype.forEach.call(picks,function(p){p.addEventListener("change",show)});
        document.querySelectorAll("a[data-f]").forEach(function(a){a.addEventListener("click",function(){
        var word=a.dataset.f,hit=false;
        Array.prototype.forEach.call(picks,function(p){p.value="";Array.prototype.forEach.call(p.options,function(o){\
        if(!hit&&o.value===word&&word){p.value=word;hit=true}})});
        input.value=hit?"":word;show()})});
        show()})();
        """
}
