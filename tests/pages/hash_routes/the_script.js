const routes=[{path:"/page/nb"}];export function nb(){return axios.get("/api/govinfo/nb?pageNo=1&pageSize=20")}
const row=x=>`<a href="#/detail/${x.id}">${x.title}</a>`;
