// A session that has ended is felt at the next click: then the way is to log in again.
const youjuFetch = window.fetch.bind(window);
window.fetch = async (...given) => {
  const answer = await youjuFetch(...given);
  if (answer.status === 401) window.location.assign("login");
  return answer;
};
