# 两个页面和命令行的全部文字。每种语言一个文件，标识相同。页面只带自己用到的文字。

# --- 通用
app-name = 通码
language-other = English
notice-close = 知道了
update-ready = 新版本已准备好。
update-now = 现在使用
loading = 请稍候……
try-again = 重试

# --- 钱包
wallet-title = 通码钱包
wallet-kind = 钱包
apply-step = 申领通行码：第 { $n } 步，共 { $of } 步
apply-title-who = 您的身份
apply-title-health = 住址与健康申报
apply-title-statement = 承诺与同意
apply-next = 下一步
apply-back = 上一步
apply-intro = 只需申领一次。以后打开就有码，没有网络也能用。
apply-name = 姓名
apply-name-hint = 与证件上一致
apply-document-kind = 证件类型
apply-document-number = 证件号码
apply-phone = 手机号码
apply-phone-hint = 11 位手机号，或以 + 和国家代码开头
apply-send = 申领
apply-address = 现居住地址
apply-been = 近 14 天是否到过中高风险地区？
apply-contact = 近 14 天是否接触过确诊或疑似病例？
answer-yes = 是
answer-no = 否
answer-unsure = 不清楚
health-symptoms = 目前的症状（可多选）
symptom-none = 无症状
symptom-cold-like = 发热、干咳等感冒样症状
symptom-shortness-of-breath = 气促、呼吸困难
symptom-digestive = 恶心、呕吐、腹泻
symptom-chest = 心慌、胸闷
symptom-conjunctivitis = 结膜炎
symptom-other = 其他症状
health-temperature = 体温（℃）
apply-temperature-hint = 例如 36.6；没有测量可以不填
apply-consent-who = 发给谁：只发给签发机构，不会给其他任何人。
apply-consent-kept = 保存多久：健康申报在签发机构保存 14 天；姓名、证件号、手机号和住址只用于签发，不作保存，机构凭由其算出的两个代号认出您。
apply-consent-phone = 本机只保留通行码、隐去部分数字的证件号，以及 14 天内的申报。您可以随时一键销毁。
apply-consent-shown = 扫码的人看到：隐去部分字的姓名、颜色及其原因、所属省份。
apply-truth = 我承诺以上内容属实，并承担相应责任。
apply-consent = 我同意。
apply-problem = 这次没有成功
document-id-card = 居民身份证
document-hk-mo-permit = 港澳居民来往内地通行证
document-taiwan-permit = 台湾居民来往大陆通行证
document-passport = 护照
document-permanent-residence = 外国人永久居留身份证
document-other = 其他证件
applying-title = 正在办理您的申领
applying-wait = 会自动继续，您可以关闭页面。
applying-next = 下次尝试：{ $time }
applying-withdraw = 返回修改
code-colour-green = 绿码
code-colour-yellow = 黄码
code-colour-red = 红码
code-qr-label = { $name }的二维码：{ $colour }，有效至 { $time }
code-preparing = 正在生成……
code-why-what = 部分场所不能进入。
code-why = 原因与办法
code-over = 此码已到期，正在生成新码……
code-left = 剩余时间
code-until = 有效至 { $time }
code-document = 证件号
code-from-until = { $region } · { $day }前可出示
code-offline = 没有网络也能用，码会自动更新。
code-read = 读给我听
code-aloud = { $colour }，剩余时间 { $minutes } 分 { $seconds } 秒。
code-no-voice = 这部手机的浏览器没有朗读功能。通行码照常可用。
gate-scan = 扫场所的码
gate-scan-title = 请对准场所屏幕上的码
gate-scan-no-camera = 无法使用摄像头。请在浏览器设置里允许后重试，或选择图片。
gate-scan-offline = 本机还没有扫码功能，请联网后重试。通行码不受影响。
answering-for = 仅供：{ $place }
answering-nameless = 未报名称的场所
answering-unverified = 名称由场所自报，请确认您就在这里。
answering-back = 回到日常码
blocked-title = 暂时无法继续

# --- 核验
verifier-title = 通码核验
verifier-kind = 核验
scan-title = 请将码对准摄像头
scan-hint = 也可以直接用扫码枪扫描。
scan-picture = 选择图片
scan-paste = 粘贴文字
scan-paste-label = 码的文字内容
scan-paste-read = 核验
scan-paste-cancel = 取消
scan-video-label = 摄像头画面
camera-switch = 换摄像头
camera-switch-to = 换摄像头：{ $name }
camera-light = 补光
camera-zoom-in = 放大
camera-zoom-out = 缩小
guide-closer = 请把码靠近一些
guide-hold-still = 请拿稳，不要晃动
guide-restarted = 画面停住了，已重新打开摄像头。
guide-too-bright = 太亮了，请避开强光
guide-too-dark = 太暗了，请开灯或调亮屏幕
checking = 正在核验……
scan-no-code = 没有码

settings-open = 设置
settings-title = 检查点设置
settings-place = 场所
settings-kind = 场所类型
settings-kind-none = 不按场所（绿码通行、黄码有条件、红码不可）
settings-no-place = 选择场所类型后，按该场所的规定判断，并说明依据哪条规定。
settings-region = 省份
settings-city = 行政区划代码（六位，可精确到市县）
settings-name = 场所名称（可不填）
settings-test = 核酸检测
settings-test-none = 不查验
settings-test-within = { $hours } 小时内阴性
settings-low-risk = 本地为低风险地区
settings-telling = 查验与提示
settings-temperature = 每人测量体温
settings-sound = 提示音
settings-speech = 语音播报结果（不读姓名）
settings-fade = 5 秒后隐去个人信息
settings-log = 查验记录
settings-log-hint = 今日各结果次数。共保存 { $n } 条，只记时间、结果、依据和场所类型，不含任何个人信息；30 天后自动删除。
settings-log-csv = 导出表格（CSV）
settings-log-json = 导出数据（JSON）
settings-data = 离线数据
settings-done = 完成，开始扫码
temperature-title = 请输入体温
temperature-clear = 清空
temperature-back = 退格
temperature-refused = 这不是人的体温，请重新测量并输入，例如 36.8。
beside-cancel = 取消，返回扫码
proofs-title = 没有码的人员
proofs-hint = 请查看下列任何一种证明，看过后点选：
proofs-none = 都没有，返回扫码
verdict-proof-hint = 所出示的证明可以代替码。
verdict-proof-remedy = 请核对是否本人。
verdict-show-again = 再次显示个人信息

challenge-hint = 请对方用钱包扫此码，再扫对方的码。
challenge-label = 本场所的核验码，供钱包扫描
settings-strict = 严格核验
settings-strict-hint = 只接受对本场所核验码的回应；重复出示的码、数据快要过期时，改为“有条件通行”，由您当面核对。
settings-challenge = 只接受对本场所核验码的回应
settings-challenge-hint = 对方用钱包扫这里显示的码，生成只供本场所、两分钟内有效的码。照片和在别处生成的码都不能用。
verdict-pass = 可以通行
verdict-restricted = 有条件通行
verdict-stop = 不可进入
verdict-invalid = 此码无效
verdict-cannot-tell = 无法判断
verdict-next = 继续扫码
verdict-monitoring = 日常健康监测中
verdict-name = 姓名
verdict-document = 证件号
verdict-test = 核酸检测
verdict-vaccination = 疫苗接种
verdict-birth-date = 出生日期
verdict-kind = 证明种类
verdict-date = 日期
verdict-result = 结果
verdict-country = 国家
verdict-region = 地区
verdict-issuer = 签发机构
verdict-format-eu-dcc = 欧盟数字新冠证明
verdict-format-smart = SMART 健康卡
verdict-format-nzcp = 新西兰新冠通行证
kind-vaccination = 疫苗接种
kind-test = 检测
kind-recovery = 康复
kind-pass = 通行证
result-detected = 检出病毒
result-not-detected = 未检出病毒
verdict-made = { $time } 生成
verdict-until = 有效至 { $time }
verdict-seen = 此码 { $time } 在本机已核验过。请确认是否同一人。
verdict-pass-hint = 此码真实有效。
verdict-pass-remedy = 请核对姓名与本人是否一致。
verdict-pass-return = 3 秒后自动继续，点屏幕可停留。
data-bundle = 信任名单：{ $state }
data-status = 状态名单：{ $state }
data-fresh = { $age }更新，还可用 { $left }，至 { $until }
data-ageing = { $age }更新，只可再用 { $left }，请在 { $until } 前更新
data-stale = 已过期（{ $age }更新），自 { $until } 起不再据此判断
data-missing = 还没有，请联网更新，或从文件载入
data-lists-missing = { $n ->
   *[other] { $state }；缺 { $n } 份名单
}
data-left-minutes = { $n } 分钟
data-left-hours = { $n } 小时
data-left-days = { $n } 天
data-file = 从文件载入数据
data-file-hint = 供不联网的查验点使用：打开数据文件，或用相机依次扫它的二维码。
data-refresh = 更新
age-minutes = { $n ->
    [0] 刚刚
   *[other] { $n } 分钟前
}
age-hours = { $n } 小时前
age-days = { $n } 天前

# --- 场所；代替码的证明
place-airport = 机场
place-banquet = 聚餐
place-bath-house = 浴室
place-border-port = 口岸
place-cinema = 影剧院
place-city-exit = 离开本市
place-coach-station = 长途客运站
place-dance-hall = 歌舞厅
place-exhibition = 会展
place-exhibition-hall = 展览馆
place-farmers-market = 农贸市场
place-ferry = 轮渡
place-gallery = 美术馆
place-gymnasium = 体育馆
place-internet-cafe = 网吧
place-library = 图书馆
place-mall = 商场
place-medical-institution = 医疗机构
place-museum = 博物馆
place-nursing-home = 养老院
place-other = 其他场所
place-passenger-port = 客运港口
place-pier = 客运码头
place-prison = 监狱
place-public-transport = 公共交通
place-railway-station = 火车站
place-residential-area = 居民小区
place-school = 学校
place-supermarket = 超市
place-teaching = 线下教学
place-tourist-site = 旅游景点
place-training = 培训
place-welfare-home = 福利院
place-wholesale-market = 批发市场
place-workplace = 工作单位
proof-negative-test-7-days = 7 天内核酸阴性证明
proof-paper-code = 纸质码
proof-id-card-registration = 登记身份证
proof-paper-certificate = 社区或医疗机构的纸质证明
proof-travel-card = 通信行程卡

# --- 原因：发生了什么；办法：该怎么做
reason-not-a-pass = 这不是通行码。
remedy-not-a-pass = { $looksLike ->
    [url] 这是一个网址。请出示通行码。
    [wi-fi] 这是无线网络的码。请出示通行码。
    [payment] 这是付款码。请出示通行码。
   *[other] 请出示通行码。
}
reason-prefix-version = 此码为更新的格式（第 { $version } 版）。
remedy-prefix-version = 请更新本页面，再扫一次。
reason-text-lower-case = 码的文字被改成了小写。
remedy-text-lower-case = 请检查扫码枪的大小写转换和键盘的大写锁定，再扫一次。
reason-scanner-layout = 扫码枪的键盘布局与本机不一致。
remedy-scanner-layout = 请按扫码枪说明书扫设置码，改成与本机相同的键盘国家，或两边都设为美式英语。此前请用摄像头扫码。
reason-text-too-long = 文字太长，不可能是通行码。
remedy-text-too-long = 请一次只扫一个码。
reason-text-malformed = 码有损坏或不完整。
remedy-text-malformed = 请把整个码放进画面，再扫一次。
reason-zip-bomb = 码的内容解压后大得异常，可能是恶意制作的。
remedy-zip-bomb = 请勿接受此码，改查其他证明。
reason-more-parts = 此证明分为 { $of } 个码，已读到 { $have } 个。
remedy-more-parts = 请继续扫同一份证明的其余码，先后不限。
reason-parts-mixed = 此码与先前读到的码不属于同一份证明。
remedy-parts-mixed = 已把它当作新证明的开始，请扫属于它的其余码。
reason-cbor-truncated = 码被截断了。
remedy-cbor-truncated = 请把整个码放进画面，再扫一次。
reason-cbor-trailing-bytes = 码的末尾有多余内容。
remedy-cbor-trailing-bytes = 请一次只扫一个码。若仍如此，说明此码是假的。
reason-cbor-indefinite = 码的格式不合规范。
remedy-cbor-indefinite = 请出示官方钱包里的码。
reason-cbor-not-minimal = 码的格式不合规范。
remedy-cbor-not-minimal = 请出示官方钱包里的码。
reason-cbor-duplicate-key = 码里有重复的内容。
remedy-cbor-duplicate-key = 请出示官方钱包里的码。
reason-cbor-too-deep = 此码内容异常，可能是恶意制作的。
remedy-cbor-too-deep = 请勿接受此码，改查其他证明。
reason-cbor-too-large = 码的内容过大，不合规范。
remedy-cbor-too-large = 请勿接受此码，改查其他证明。
reason-cbor-malformed = 码的内容无法读取。
remedy-cbor-malformed = 请再扫一次。若仍如此，说明此码是假的。
reason-wrong-type = { $layer ->
    [venue] 这不是场所码。
    [delegation] 这不是代为出示的授权码。
    [delegation-request] 这不是代为出示的请求码。
   *[other] 这是其他用途的码，不是通行码。
}
remedy-wrong-type = { $layer ->
    [venue] 请扫入口处的场所码海报或屏幕。
    [delegation] 请扫对方手机同意后显示的授权码。
    [delegation-request] 请扫请求方手机上显示的码。
   *[other] 请对方打开钱包，出示通行码页面。
}
reason-credential-not-presentation = 这是存下来的凭证，不是本人当场出示的码。
remedy-credential-not-presentation = 请对方打开钱包，出示通行码页面。
reason-token-malformed = 码的内容缺失或有误。
remedy-token-malformed = { $layer ->
    [venue] 请再扫一次。若仍如此，请告知工作人员：海报有损坏或是假的。
    [foreign-pass] 请再扫一次。若仍如此，说明此证明有损坏或是假的，请改查其他证明。
   *[other] 请对方重新打开钱包。若仍如此，说明此码是假的。
}
reason-algorithm-missing = 本机无法验证此类签名。
remedy-algorithm-missing = 请换一个浏览器核验，或请对方出示其他证明。
reason-algorithm-not-allowed = 此码的签名方式不符合要求。
remedy-algorithm-not-allowed = { $layer ->
    [foreign-pass] 请勿接受此码，改查其他证明。
   *[other] 请出示官方钱包里的码。
}
reason-bundle-missing = 本机还没有信任名单。
remedy-bundle-missing = 请联网，再点“更新”，或从文件载入数据。
reason-bundle-wrong-root = 收到的信任名单不是本系统的主管机构签发的。
remedy-bundle-wrong-root = 没有采用。请确认打开的是官方网址。
reason-bundle-rolled-back = 收到的信任名单（{ $offered }）比现有的（{ $held }）旧。
remedy-bundle-rolled-back = 没有采用。请稍后再更新。
reason-bundle-expired = 信任名单已于 { $expiredAt } 到期。
remedy-bundle-expired = 请联网，再点“更新”，或从文件载入新数据。在此之前请查验其他证明。
reason-bundle-too-old = 信任名单太旧（生成于 { $issuedAt }）。
remedy-bundle-too-old = 请联网，再点“更新”，或从文件载入新数据。在此之前请查验其他证明。
reason-unknown-issuer = 此码的签发机构不在信任名单里。
remedy-unknown-issuer = 请更新信任名单。若仍如此，请查验其他证明。
reason-unknown-key = 签此码的密钥不在信任名单里。
remedy-unknown-key = 请更新信任名单。若仍如此，此码可能是伪造的，请查验其他证明。
reason-key-use = 签此码的密钥不能用于这个用途。
remedy-key-use = 请勿接受此码，改查其他证明。
reason-key-region = 签发机构无权签发该地区（{ $region }）的码。
remedy-key-region = 请勿接受此码，改查其他证明。
reason-key-not-valid = 签发此证明的密钥现在不在有效期内。
remedy-key-not-valid = 请勿接受此码，改查更新的证明或其他证明。
reason-bad-signature = 签名不符：此码是伪造的，或者已损坏。
remedy-bad-signature = 请再扫一次。若仍如此，请勿接受，改查其他证明。
reason-disclosure-unmatched = 码里有签发机构没有写入的内容。
remedy-disclosure-unmatched = 请勿接受此码，改查其他证明。
reason-disclosure-doubled = 码里同一项内容出现了两次。
remedy-disclosure-doubled = 请勿接受此码，改查其他证明。
reason-disclosure-malformed = 码里出示的内容无法读取。
remedy-disclosure-malformed = 请对方重新打开钱包。
reason-delegation-chain = 此授权是由代办人转给他人的。
remedy-delegation-chain = 只有本人能授权别的手机代为出示。请由本人授权，或改查其他证明。
reason-delegation-mismatch = 此授权对应的是另一个码。
remedy-delegation-mismatch = 请本人重新授权。
reason-delegation-scope = 此码出示了本人没有授权代办人出示的信息。
remedy-delegation-scope = 请去掉这些信息后再出示，或请本人补充授权。
reason-delegation-too-long = 代为出示的授权期限超过了 180 天。
remedy-delegation-too-long = 正规钱包不会生成这样的授权。请重新授权，最长 180 天。
reason-delegation-to-self = 授权方和被授权方是同一部手机。
remedy-delegation-to-self = 本人出示自己的码不需要授权，请打开通行码页面。
reason-grant-mismatch = 此授权答复的是另一个请求。
remedy-grant-mismatch = 请重新显示你的请求码，让对方再扫一次。
reason-request-answered = 此请求已经同意过了。
remedy-request-answered = 如需再次授权，请对方重新发起请求。
reason-clock-wrong = 本机时间不对：显示 { $now }，而签发机构的时间或数据是 { $notBefore }。
remedy-clock-wrong = 请在系统设置里把日期和时间改为自动，再试一次。
reason-expired = { $layer ->
    [credential] 此码的凭证已于 { $expiredAt } 到期。
    [status-list] 状态名单已于 { $expiredAt } 到期。
    [application] 申领请求已过期。
    [request] 请求已过期。
    [foreign-pass] 此证明已于 { $expiredAt } 到期。
    [challenge] 场所的这个码已于 { $expiredAt } 到期。
    [delegation] 代为出示此码的授权已于 { $expiredAt } 到期。
    [delegation-request] 此请求已于 { $expiredAt } 到期。
    [venue] 此场所码海报已于 { $expiredAt } 到期。
   *[other] 此码已于 { $expiredAt } 到期。
}
remedy-expired = { $layer ->
    [credential] 请在钱包里重新申领。如日期不对，请检查本机时间。
    [status-list] 请联网，再点“更新”。
    [application] 请检查本机时间后重新提交。
    [request] 请检查本机时间后重试。
    [foreign-pass] 请出示更新的证明或其他证明。如日期不对，请检查本机时间。
    [challenge] 请扫场所现在显示的码。若仍如此，请检查本机时间。
    [delegation] 请本人重新授权。
    [delegation-request] 请对方重新发起请求。若仍如此，请核对两部手机的时间。
    [venue] 请告知场所工作人员更换海报。如日期不对，请检查本机时间。
   *[other] 请对方打开钱包，会自动生成新码。若仍不行，请核对两部手机的时间。
}
reason-not-yet-valid = 此码从 { $validFrom } 起才有效。
remedy-not-yet-valid = { $layer ->
    [venue] 请检查本机时间。如时间无误，请告知场所工作人员。
    [foreign-pass] 现在请勿接受。如日期不对，请检查本机时间。
   *[other] 两部手机中有一部时间不对。请都设为自动校时，再扫一次。
}
reason-lifetime-too-long = 此码的有效期超过了 15 分钟。
remedy-lifetime-too-long = 正规钱包不会生成这样的码。请勿接受，改查其他证明。
reason-times-inconsistent = 码里的时间互相矛盾。
remedy-times-inconsistent = 请对方重新打开钱包。
reason-audience-mismatch = 此码是为别的场所生成的。
remedy-audience-mismatch = 请对方重新打开通行码页面。
reason-not-a-challenge = 这不是场所的核验码。
remedy-not-a-challenge = 请扫场所屏幕上的码。您的通行码没有变化。
reason-nonce-missing = 此码没有回应本场所的核验请求。
remedy-nonce-missing = 请对方在钱包里点“扫场所的码”，扫这里显示的码。
reason-nonce-mismatch = 此码回应的不是本场所的核验请求。
remedy-nonce-mismatch = 请对方再扫一次本场所的码。
reason-status-missing = 本机没有此码对应的状态名单。
remedy-status-missing = 请联网，再点“更新”，或从文件载入新数据。在此之前请查验其他证明。
reason-status-too-old = 状态名单太旧（生成于 { $issuedAt }）。
remedy-status-too-old = 请联网，再点“更新”，或从文件载入新数据。在此之前请查验其他证明。
reason-list-older = 收到的状态名单（生成于 { $offeredAt }）比现有的（{ $heldAt }）旧。
remedy-list-older = 没有采用。请取较新的数据。
reason-delta-other-base = 收到的变更从 { $sinceAt } 开始，接不上现有的状态名单（生成于 { $heldAt }）。
remedy-delta-other-base = 没有采用。请取含完整状态名单的数据。
reason-delta-mismatch = 收到的变更与现有的状态名单对不上。
remedy-delta-mismatch = 没有采用。请取含完整状态名单的数据。
reason-parcel-parts = 本机数据：共 { $of } 个码，已读到 { $have } 个。
remedy-parcel-parts = 请将相机一直对着这组码，直到读完，先后不限。
reason-parcel-other = 这是另一组数据的码，共 { $of } 个。
remedy-parcel-other = 先前读到的已作废，请继续扫这一组。
reason-parcel-damaged = 这份数据不完整、被改动过，或不属于本系统。
remedy-parcel-damaged = 没有采用。请向提供者重新索取文件或二维码。
reason-parcel-too-large = 这份数据超出了允许的大小。
remedy-parcel-too-large = 没有采用。请分成几个文件，或询问提供者。
reason-parcel-taken = 数据已载入：{ $of } 份中有 { $taken } 份是新的、有效的。
remedy-parcel-taken = 请看下方的更新时间；未采用的另有提示。
reason-status-index-out-of-range = 此码的编号不在状态名单内。
remedy-status-index-out-of-range = 请勿接受此码，改查其他证明。
reason-revoked = 签发机构已撤销此码。
remedy-revoked = 请勿接受此码。本人可拨打 12345 咨询。
reason-suspended = 签发机构已将此码转为红码。
remedy-suspended = 请勿放行，保持距离，按本场所预案处理。本人可拨打 12345 咨询或申诉。
reason-turned-yellow = 签发机构已将此码转为黄码。
remedy-turned-yellow = 请按本场所对黄码的规定处理。本人可拨打 12345 咨询或申诉。
reason-status-unknown = 本机不认识此码的状态（{ $value }）。
remedy-status-unknown = 请更新本页面。在此之前请查验其他证明。
reason-colour-yellow = 此码为黄码。
remedy-colour-yellow = 请按本场所对黄码的规定处理。
reason-colour-red = 此码为红码。
remedy-colour-red = 请勿放行，保持距离，按本场所预案处理。
reason-fever-clinic = 体温达到或超过 37.3 ℃。
remedy-fever-clinic = 请对方戴好口罩，引导到发热门诊，保持距离。
reason-mask-required = 此人须佩戴口罩才能进入。
remedy-mask-required = 请对方戴好口罩。
reason-place-forbidden = 持此码不可进入这类场所。
remedy-place-forbidden = 请勿放行。本人可拨打 12345 咨询或申诉。
reason-place-restricted = 持此码只能因必要事由进入这类场所。
remedy-place-restricted = 请询问事由：本人就医可以，非必要不离开本市。须佩戴口罩。
reason-proof-missing = 没有出示码。
remedy-proof-missing = 请查验其他证明：7 天内核酸阴性报告、纸质码、纸质证明，或登记身份证。不要因为没有手机就拒绝。
reason-temperature-high = 体温达到或超过 37.3 ℃。
remedy-temperature-high = 请勿放行。可休息后复测；若仍偏高，请引导到发热门诊。
reason-seen-before = 此码在本机已核验过。
remedy-seen-before = 请对方刷新码后再出示，并核对证件。
reason-data-ageing = 此码有效，但本机数据快要过期。
remedy-data-ageing = 请核对证件，并尽快联网点“更新”。
reason-test-missing = 本场所需要近期核酸阴性证明，码上没有。
remedy-test-missing = 请查看纸质或其他应用里的检测报告，或请对方在钱包里勾选出示检测结果。
reason-rule-failed = 规则 { $rule } 没有得出结论。
remedy-rule-failed = 请按其他证明判断，并告知规则的制定者。
reason-rule-malformed = 规则 { $rule } 无法读取：{ $fault }。
remedy-rule-malformed = 没有采用。请告知规则的制定者。
reason-rule-expired = 规则 { $rule } 已于 { $expiredAt } 失效。
remedy-rule-expired = 请更新规则。在此之前请按其他证明判断。
reason-rule-not-yet-valid = 规则 { $rule } 从 { $validFrom } 起才生效。
remedy-rule-not-yet-valid = 请检查本机时间，再更新规则。
reason-rules-unknown = 没有名为 { $name } 的规则。
remedy-rules-unknown = 请检查名称或文件。
reason-foreign-not-bound = 这是其他系统的真实证明，但没有与手机绑定。
remedy-foreign-not-bound = 请把姓名、出生日期与本人身份证件核对，再按本场所的规定处理。
reason-nobody-named = 这是其他系统的真实文件，但没有写明是谁的。
remedy-nobody-named = 请改查其他证明。
reason-field-empty = 还没有填写或选择。
remedy-field-empty = 请填写或选择。
reason-field-too-long = 内容太长。
remedy-field-too-long = 请缩短一些。
reason-name-malformed = 姓名只能包含文字、空格和 · - '。
remedy-name-malformed = 请按证件填写。
reason-document-malformed = 号码与所选的证件类型不符。
remedy-document-malformed = 请对照证件检查，或改选证件类型。
reason-document-check-digit = 身份证号有误：最后一位校验码不符。
remedy-document-check-digit = 请对照身份证，核对全部 18 位。
reason-document-birth-date = 身份证号里的出生日期不存在。
remedy-document-birth-date = 请对照身份证，核对第 7 至 14 位。
reason-phone-malformed = 手机号码不完整或有误。
remedy-phone-malformed = 请输入 11 位手机号，或以 + 和国家代码开头。
reason-declaration-missing = 申领表里没有健康申报。
remedy-declaration-missing = 请更新本程序后重新申领：刷新页面即可。
reason-truth-not-stated = 还没有承诺所填内容属实。
remedy-truth-not-stated = 请核对后勾选承诺。
reason-consent-missing = 还没有同意现行的知情同意书（第 { $version } 版）。
remedy-consent-missing = 请阅读后选择同意；不同意的，可凭其他证明通行。
reason-measurement-implausible = 体温有误：应在 34.0 至 43.0 ℃ 之间。
remedy-measurement-implausible = 请重新测量并核对。
reason-declared-today = 今天已经更改过申报，每天只能更改一次。
remedy-declared-today = { $againAt } 之后可以再次更改。情况紧急请拨打 12345。
reason-credential-unknown = 签发机构没有这张码的记录。
remedy-credential-unknown = 请重新申领。
reason-key-doubled = 新的密钥重复了。
remedy-key-doubled = 请重试；仍不成功请重新申领。
reason-key-not-proven = 没有证明新的密钥在本机上。
remedy-key-not-proven = 请重试；仍不成功请重新申领。
reason-too-many-keys = 一次最多更新 { $most } 张码。
remedy-too-many-keys = 请减少数量后重试。
reason-too-many-credentials = 今天领取的码已经太多。
remedy-too-many-credentials = 现有的码仍可使用，请明天再试。
reason-too-many-appeals = 您还有几件申诉正在办理。
remedy-too-many-appeals = 请等待答复，或拨打 12345。
reason-appeal-unknown = 没有找到这件申诉。
remedy-appeal-unknown = 请核对编号；办结 30 天后的申诉不再保存。
reason-application-refused = 签发机构没有通过这次申领。
remedy-application-refused = 请检查填写的内容。需要帮助请拨打 12345。
reason-answer-malformed = 签发机构的答复有误，无法使用。
remedy-answer-malformed = 已有内容不会丢失，稍后会自动重试。有些网络需要先登录。
reason-credential-foreign-key = 收到的码属于另一部手机，没有采用。
remedy-credential-foreign-key = 稍后会自动重试。
reason-offline = 暂时连不上签发机构。
remedy-offline = 已有内容不会丢失。请检查网络，稍后会自动重试。
reason-server-fault = 签发机构的系统出了故障（{ $status }）。
remedy-server-fault = 已有内容不会丢失，稍后会自动重试。
reason-camera-refused = 没有使用摄像头的权限。
remedy-camera-refused = 请在浏览器设置里允许本页面使用摄像头，再点“重试”。也可以用图片、文字或扫码枪。
reason-camera-absent = 本机没有可用的摄像头。
remedy-camera-absent = 请使用图片、文字或扫码枪。
reason-camera-in-use = 摄像头正被其他程序占用。
remedy-camera-in-use = 请关闭其他程序，再点“重试”。
reason-nothing-read = 图片里没有找到码。
remedy-nothing-read = 请选一张清晰、码完整的图片。
reason-picture-unreadable = 这个文件不是能打开的图片。
remedy-picture-unreadable = 请选择 PNG 或 JPEG 图片。
reason-secret-short = 太短了。
remedy-secret-short = 请至少输入 { $least } 个字符。
reason-passcode-wrong = 密码不对。
remedy-passcode-wrong = 请重试。错三次以后，每次重试都要等一段时间。
reason-passcode-wait = 密码错误次数过多。
remedy-passcode-wait = 请在 { $againAt } 之后再试。
reason-passphrase-wrong = 口令不对。
remedy-passphrase-wrong = 请重试，注意大小写和空格。数据没有任何改动。
reason-backup-foreign = 这不是通码的备份文件。
remedy-backup-foreign = 请选择文件名以“.backup.txt”结尾的文件。数据没有任何改动。
reason-backup-damaged = 备份文件不完整或已损坏。
remedy-backup-damaged = 请重新复制该文件，或换一份备份。数据没有任何改动。
reason-backup-newer = 这份备份由更新的版本（{ $version }）生成。
remedy-backup-newer = 请先更新本页面。数据没有任何改动。
reason-restored = 数据已恢复，码需要重新申领。
remedy-restored = 密钥留在旧手机上。请填写表格，本机会得到自己的密钥和新码，旧码随即失效。
reason-storage-full = 本机存储空间已满。
remedy-storage-full = 请清理手机空间。在此之前，新的内容无法保存。
reason-storage-refused = 浏览器不允许本页面保存数据。
remedy-storage-refused = 请退出无痕模式，或在设置里允许保存。否则关闭页面后数据会丢失。
reason-storage-damaged = 保存的数据已无法读取。
remedy-storage-damaged = 原数据已另行保留。钱包请重新申领；核验端请联网后点“更新”。
reason-storage-newer = 本机数据是由更新的版本（第 { $version } 版）保存的。
remedy-storage-newer = 请刷新页面，使用新版本。数据没有改动。
reason-already-open = 另一个标签页或窗口已打开本页面。
remedy-already-open = 请使用那一个；关闭它后，这里会自动开始。
reason-other-tab = 另一个标签页也打开了本页面，并改动了数据。
remedy-other-tab = 本页已换成改动后的数据。建议关闭其中一个标签页。
reason-key-unusable = 本机的密钥丢失或无法使用。
remedy-key-unusable = 通行码与本机密钥绑定，请重新申领。
reason-browser-too-old = 浏览器缺少本页面需要的功能。
remedy-browser-too-old = 请更新浏览器，或换一个浏览器，并用 https 网址打开。
reason-internal = 程序出错了。
remedy-internal = 请刷新页面。如果再次出现，请联系维护人员。

# 钱包的其他功能
rooms-open = 更多
rooms-title = 更多功能
rooms-back = ← 返回
rooms-offline = 这部分功能还没有下载到手机上。请连上网络再点一次；通行码不受影响。
room-data = 我的数据
mine-where = 所有数据只存在这部手机上，并且加了密。
mine-bytes = { $n } 字节
mine-kilobytes = { $n } KB
mine-file = 带走我的数据
mine-file-what = 生成一个包含全部数据的文件。文件没有加密，请妥善保管；密钥不在其中，别人不能用它出示您的码。
mine-file-make = 生成文件
mine-file-save = 保存文件
mine-wipe = 销毁全部数据
mine-wipe-what = 一次删除这部手机上的码、密钥和全部记录，无法恢复。
mine-wipe-sure = 确定要销毁全部数据吗？
mine-wipe-yes = 是，全部销毁
mine-wipe-no = 不，留着
mine-version = 版本 { $version }
stored-state = 码、申请表和设置
stored-appeals = 申诉
stored-diary = 健康打卡和申报
stored-holdings = 其他的码
stored-visits = 到访记录
locked-title = 钱包已锁定
locked-loading = 正在载入解锁所需的部分，请稍候。
room-safety = 锁定与备份
safety-passcode = 密码
safety-open = 解锁
safety-trying = 正在核对……
safety-wait = { $time } 之后可再试。
safety-forgotten = 忘记的密码谁也查不到。若有备份：在浏览器里清除本页面的数据，恢复备份后重新申领。
safety-lock = 锁定
safety-lock-what = 别人拿到您已解锁的手机，也要输入密码才能进入钱包。
safety-new-passcode = 新密码，至少 6 个字符
safety-repeat = 再输入一次
safety-differ = 两次输入不一致。
safety-show-code = 不输密码也可亮码
safety-after = 自动锁定
safety-after-0 = 转入后台立即锁定
safety-after-60 = 转入后台 1 分钟后
safety-after-300 = 转入后台 5 分钟后
safety-turn-on = 开启锁定
safety-is-on = 锁定已开启。
safety-busy = 正在重新加密数据……
safety-now = 立即锁定
safety-change = 更改密码
safety-turn-off = 关闭锁定
safety-old-passcode = 当前密码
safety-backup = 备份
safety-backup-what = 一个加密文件，包含密钥以外的全部数据。凭文件和口令可在另一部手机上恢复，之后重新申领码。
safety-passphrase = 口令，至少 10 个字符
safety-passphrase-of = 备份的口令
safety-backup-make = 生成备份
safety-backup-save = 保存备份
safety-restore = 恢复备份
safety-restore-what = 备份中的全部数据会恢复到这个空钱包里。
safety-restore-has = 这个钱包正在使用，不能恢复备份。可先在“我的数据”里销毁全部数据。
safety-file = 备份文件
safety-restore-now = 恢复

room-colour = 我的颜色
colour-reason = 原因
colour-rule = 规则
colour-since = 起始时间
colour-issuer = 签发机构
colour-because-case = 确诊或疑似病例
colour-because-asymptomatic = 无症状感染者
colour-because-close-contact = 病例的密切接触者
colour-because-from-abroad = 境外入境，隔离未满
colour-because-high-risk-area = 近 14 天到过重点或高风险地区
colour-because-medium-risk-area = 到过中风险地区，隔离未满
colour-because-discharged = 出院后居家隔离未满
colour-because-released = 解除观察未满 14 天
colour-because-declared-symptoms = 您申报了发热或呼吸道症状
colour-because-isolated-observation = 正在隔离医学观察
colour-because-home-observation = 正在居家健康观察
colour-because-fever-unknown-cause = 不明原因发热
colour-because-health-monitoring = 正在日常健康监测
colour-because-ordered = 由主管部门认定
colour-because-unsaid = 码中没有说明
colour-allowed = 这意味着什么
colour-allowed-green = 可以自由通行；要求戴口罩的地方请戴好口罩。
colour-allowed-yellow = 做好防护可以外出，但不能：乘坐公共交通，进入车站、机场，市场、商场，学校、养老院，影院、博物馆，参加展会和聚餐；只为本人看病可进医院。以各场所的规则为准。
colour-allowed-red = 不能进入任何公共场所。请留在原处并告诉社区；确需移动的，由社区安排点对点转运。
colour-helps = 怎样转绿
colour-helps-what = 按要求隔离满 14 天，没有症状，并且每天打卡正常。漏打一天，要重新计数。
colour-changed = 主管部门现已将您认定为{ $colour }（{ $time }）。下一张通行码将是这个颜色。
colour-wrong = 认为有误？
colour-wrong-what = 12345 热线受理健康信息纠错和申诉。请说明上面的原因、规则和日期。
colour-call = 拨打 12345

room-diary = 健康打卡
diary-days = 近 14 天打卡
diary-day-none = 没有打卡
diary-day-waiting = 等待发送
diary-day-normal = 正常
diary-day-unwell = 异常
diary-counted = 连续正常 { $n } 天，共需 { $of } 天
diary-waits = 还没有发出，今天之内会自动发送。
diary-today = 今天
diary-send = 打卡
diary-sent-taken = 今天已打卡。
diary-sent-waiting = 今天的打卡等待发送，今天之内会自动发出。
diary-sent-refused = 今天的打卡没有被接受。
diary-change = 更改我的申报
diary-change-what = 每天可更改一次；姓名、证件和手机号不能在这里更改。
diary-change-send = 提交更改
diary-change-drop = 不改了
diary-change-again = { $day } 之后可以再次更改申报。
diary-kept = 本机和签发机构都只保存 14 天，到期自动删除。
room-display = 字号与显示
display-elder = 长辈模式
display-elder-what = 屏幕上只留码、“读给我听”和“更多”，字大、按钮大。
display-large = 字再大一些
display-large-what = 所有文字都放大。
display-contrast = 高对比度
display-contrast-what = 白底黑字，边框清楚。
room-help = 帮助
help-apply = 1. 填写姓名和证件号，申领一次就行。
help-show = 2. 到了门口，打开本页，出示码。
help-keep = 3. 数据只存在这部手机上，没有网络也能用。
help-valid = 码多久有效？
help-valid-answer = 码旁边的圆圈显示剩余时间。到时会自动换新码，您不用做任何事。
help-offline = 没有网络怎么办？
help-offline-answer = 照常出示码。只有申领和更新凭证才需要网络。
help-colour = 码变黄、变红，不知道为什么？
help-colour-answer = 请拨打 12345，询问原因和申诉办法。这是您的权利。
help-gate = 门口扫不上怎么办？
help-gate-answer = 请调亮屏幕、擦干净，把手机拿稳，离扫码口一掌远。如果门口的屏幕上有码，请点“扫场所的码”（在码的下面，或在“更多”里）。还是不行，请工作人员用纸质方式登记。
help-lost = 换了手机，或手机丢了？
help-lost-answer = 在另一部手机上打开本页，重新申领。码只在申领它的手机上有效。
help-call = 还是不会？
help-call-what = 12345 是政府服务热线，打电话就行，不需要智能手机。
help-call-12345 = 拨打 12345
